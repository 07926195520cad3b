package io.sluice.bus.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// A Lua script of ours, run by its digest; the server is told the text when it does not know it.
enum Script {
    PUBLISH_NUMBERED("epoch.lua"),
    READ_NUMBERED("epoch.lua"),
    READ_NEWEST("epoch.lua"),
    PUT_FIELDS,
    PUT_ABSENT,
    REMOVE_SAME,
    TAKE_LEASE,
    RENEW_LEASES,
    LIVING_LEASES,
    SWEEP_LEASES,
    ADD_COUNTER,
    GET_COUNTER,
    RENEW_COUNTER,
    TAKE_TURN,
    END_TURN;

    private final String text;
    private final String digest;

    /// @param before files with functions that the script calls
    Script(String... before) {
        StringBuilder all = new StringBuilder();
        for (String file : before) {
            all.append(read(file));
        }
        text = all.append(read(name().toLowerCase(Locale.ROOT) + ".lua")).toString();
        digest = sha1(text);
    }

    private static String read(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    String text() {
        return text;
    }

    String digest() {
        return digest;
    }

    /// Runs it for a number or a text; what the script gives decides.
    <T> CompletionStage<T> run(
            RedisAsyncCommands<String, byte[]> commands,
            ScriptOutputType output,
            List<String> keys,
            List<String> arguments) {
        byte[][] bytes = new byte[arguments.size()][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = arguments.get(i).getBytes(StandardCharsets.UTF_8);
        }
        return runBytes(commands, output, keys, bytes);
    }

    <T> CompletionStage<T> runBytes(
            RedisAsyncCommands<String, byte[]> commands,
            ScriptOutputType output,
            List<String> keys,
            byte[]... arguments) {
        String[] names = keys.toArray(String[]::new);
        CompletionStage<T> known = commands.evalsha(digest, output, names, arguments);
        return known.exceptionallyCompose(e -> {
            Throwable cause = e instanceof CompletionException ? e.getCause() : e;
            if (cause instanceof RedisNoScriptException) {
                return commands.eval(text, output, names, arguments);
            }
            return CompletableFuture.failedFuture(e);
        });
    }
}
