package io.sluice.app.cli;

import picocli.CommandLine.IVersionProvider;

/// What is running, on what, in one line.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Sluice.class.getPackage().getImplementationVersion();
        return new String[] {
            "Sluice %s, Java %s, %s %s"
                    .formatted(
                            version == null ? "(not packaged)" : version,
                            Runtime.version(),
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"))
        };
    }
}
