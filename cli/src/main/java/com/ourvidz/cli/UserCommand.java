package com.ourvidz.cli;

import com.ourvidz.core.Page;
import com.ourvidz.core.account.Account;
import com.ourvidz.core.account.Accounts;
import com.ourvidz.core.money.Grant;
import com.ourvidz.server.OpenAccounts;
import com.ourvidz.server.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ourvidz user}: the accounts of the platform on this data directory. */
@Command(
        name = "user",
        description = {
            "Adds, disables and lists the users of the platform on this data directory, and gives them credits.",
            "The platform may be running, and goes by it at once."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class UserCommand {

    private static final String BY = "command line";

    @Command(description = "Adds a user.", mixinStandardHelpOptions = true)
    void add(
            @Parameters(paramLabel = "NAME", description = "What the user is called.") String name,
            @Option(names = "--admin", description = "The user administers the platform.") boolean admin,
            @Option(
                            names = "--password-stdin",
                            description =
                                    "Reads the user's password from standard input, a line; without one they need a token.")
                    boolean withPassword)
            throws IOException {
        Optional<String> password = withPassword ? Optional.of(line()) : Optional.empty();
        change(accounts -> accounts.create(name, admin, password));
        System.out.println("Added " + name + ".");
    }

    @Command(description = "Sets a user's password and ends all tokens.", mixinStandardHelpOptions = true)
    void password(
            @Parameters(paramLabel = "NAME", description = "Whose; the password is read from standard input.")
                    String name)
            throws IOException {
        var password = line();
        change(accounts -> accounts.setPassword(name, password));
        System.out.println("The password of " + name + " is set, and all earlier tokens have ended.");
    }

    @Command(description = "Disables a user and ends all tokens.", mixinStandardHelpOptions = true)
    void disable(@Parameters(paramLabel = "NAME", description = "Whom.") String name) {
        change(accounts -> accounts.disable(name));
        System.out.println("Disabled " + name + ".");
    }

    @Command(description = "Enables a user again, who then signs in anew.", mixinStandardHelpOptions = true)
    void enable(@Parameters(paramLabel = "NAME", description = "Whom.") String name) {
        change(accounts -> accounts.enable(name));
        System.out.println("Enabled " + name + ".");
    }

    @Command(description = "Makes a user an administrator, or no longer one.", mixinStandardHelpOptions = true)
    void admin(
            @Parameters(paramLabel = "NAME", description = "Whom.") String name,
            @Option(names = "--off", description = "The user administers the platform no longer.") boolean off) {
        change(accounts -> accounts.setAdmin(name, !off));
        System.out.println(name + (off ? " is no administrator any more." : " is an administrator."));
    }

    @Command(description = "Gives a user credits.", mixinStandardHelpOptions = true)
    void grant(
            @Parameters(paramLabel = "NAME", description = "To whom.") String name,
            @Parameters(paramLabel = "CREDITS", description = "How many.") long credits) {
        var id = UUID.randomUUID().toString();
        var account = change(accounts -> accounts.grant(new Grant(id, name, credits, BY, "")));
        System.out.println(name + " has " + account.balance() + " credits.");
    }

    @Command(description = "Lists the users, the newest first.", mixinStandardHelpOptions = true)
    void list() {
        try (var open = open()) {
            Optional<Page.Cursor> next = Optional.empty();
            do {
                var page = open.accounts().list("", next, Page.MAX_SIZE);
                page.items().forEach(UserCommand::print);
                next = page.next();
            } while (next.isPresent());
        }
    }

    private static void print(Account account) {
        System.out.println(account.name() + "  " + account.balance() + " credits" + (account.admin() ? "  admin" : "")
                + (account.disabled() ? "  disabled" : ""));
    }

    private static Account change(Function<Accounts, Account> work) {
        try (var open = open()) {
            return work.apply(open.accounts());
        }
    }

    private static OpenAccounts open() {
        LocalPlatform.sayOnlyWhatGoesWrong();
        return OpenAccounts.of(Settings.read());
    }

    private static String line() throws IOException {
        var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new CommandException("There was no password on standard input.");
        }
        return line;
    }
}
