package com.ourvidz.cli;

import com.ourvidz.server.Platform;
import com.ourvidz.server.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ourvidz token}: a token on standard output and nothing else. */
@Command(
        name = "token",
        description = {
            "Prints a token for a user of the platform on this data directory, which need not be running.",
            "A name that the platform has not seen before becomes a new user."
        },
        mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {

    @Option(names = "--user", paramLabel = "NAME", required = true, description = "Whom the token is for.")
    private String user = "";

    @Override
    public void run() {
        var tokens = Platform.tokens(Settings.read());
        try {
            System.out.println(tokens.issue(user));
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }
}
