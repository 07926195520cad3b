package io.sluice.app.cli;

import io.sluice.app.wiring.StartFailure;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `sluice`. Without a subcommand it prints its help.
///
/// Exit codes: 0 done, 1 a fault of ours, 2 a mistake in the configuration or on the command line,
/// 3 an address to listen on is taken.
@Command(
        name = "sluice",
        description =
                "One gateway: it routes and balances HTTP requests, and carries messages over WebSockets.%n",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  sluice run                            the built-in configuration, on port 8080",
            "  sluice run --config gateway.yaml      your own",
            "  sluice run --set frontend.http.port=9000",
            "  sluice check --config gateway.yaml    every mistake, with file and line",
            "",
            "Exit codes: 0 done, 1 a fault of Sluice, 2 a mistake in the configuration",
            "or on the command line, 3 an address to listen on is taken."
        })
public final class Sluice implements Runnable {

    private static final List<Class<?>> COMMANDS =
            List.of(
                    RunCommand.class,
                    CheckCommand.class,
                    RoutesCommand.class,
                    SettingsCommand.class,
                    DevEchoCommand.class,
                    VersionCommand.class,
                    HelpCommand.class);

    private static final Set<String> OPTIONS_OF_RUN =
            Set.of(
                    "-config",
                    "--config",
                    "-log-level",
                    "--log-level",
                    "-hot-reload",
                    "--hot-reload");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] args) {
        String[] line = withCommand(args);
        System.exit(commandLine(line).execute(line));
    }

    /// The same with `run` in front where it starts with an option of `run`, as the command lines of older gateways do.
    static String[] withCommand(String... args) {
        String first = args.length == 0 ? "" : args[0].replaceFirst("=.*", "");
        if (!OPTIONS_OF_RUN.contains(first)) {
            return args;
        }
        return Stream.concat(Stream.of("run"), Stream.of(args)).toArray(String[]::new);
    }

    /// The command line for these arguments, ready to be executed; tests give it other writers. For `run`
    /// the other commands are not made known: reading their annotations is part of a cold start.
    static CommandLine commandLine(String... args) {
        boolean run = args.length > 0 && args[0].equals("run");
        CommandLine sluice = new CommandLine(new Sluice());
        (run ? COMMANDS.subList(0, 1) : COMMANDS).forEach(sluice::addSubcommand);
        sluice.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-V", "--version")
                                .versionHelp(true)
                                .description("Print the version.")
                                .build());
        addHelp(sluice);
        return sluice.setParameterExceptionHandler(Sluice::explainMistake)
                .setExecutionExceptionHandler(Sluice::explainFailure);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// Gives every command `--help`, except `help`, which has its own.
    private static void addHelp(CommandLine command) {
        if (command.getCommand() instanceof HelpCommand) {
            return;
        }
        command.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Print this help.")
                                .build());
        command.getSubcommands().values().forEach(Sluice::addHelp);
    }

    private static int explainMistake(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println("sluice: " + mistake.getMessage() + hint(mistake));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return StartFailure.CONFIGURATION;
    }

    private static String hint(ParameterException mistake) {
        if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        String first = unmatched.getUnmatched().getFirst();
        if (first.endsWith(".yaml") || first.endsWith(".yml")) {
            return "; a configuration is named by --config " + first;
        }
        List<String> near = unmatched.getSuggestions();
        return near.isEmpty() ? "" : "; did you mean `" + near.getFirst() + "`?";
    }

    /// A refused start is a few lines for the user; anything else is our fault and shows where.
    private static int explainFailure(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof StartFailure refused) {
            err.println(refused.getMessage());
            return refused.exitCode();
        }
        failure.printStackTrace(err);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
