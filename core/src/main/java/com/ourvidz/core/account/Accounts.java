package com.ourvidz.core.account;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.money.Grant;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What users and administrators do with accounts. */
public final class Accounts {

    private static final int SHORTEST_PASSWORD = 8;

    /** What bcrypt reads; it passes over what comes after. */
    private static final int LONGEST_PASSWORD_BYTES = 72;

    private final AccountStore store;
    private final Passwords passwords;

    public Accounts(AccountStore store, Passwords passwords) {
        this.store = store;
        this.passwords = passwords;
    }

    /** The account that a token speaks for, made when its name is new; empty when the token has ended, or may not speak for it. */
    public Optional<Account> holder(PresentedToken token) {
        if (store.ended(token.digest())) {
            return Optional.empty();
        }
        var account = store.find(token.user()).orElseGet(() -> store.welcome(token.user()));
        return Optional.of(account).filter(each -> counts(token, each));
    }

    /**
     * The account with this name and password.
     *
     * @throws Rejection {@code NOT_SIGNED_IN}, the same and after the same time whether the name, the password or the account is at fault
     */
    public Account signIn(String name, String password) {
        var right = matches(password, store.passwordHash(name));
        return store.find(name)
                .filter(account -> right && !account.disabled())
                .orElseThrow(() -> Rejection.of(Rejection.Reason.NOT_SIGNED_IN, "The name or the password is wrong."));
    }

    public void signOut(PresentedToken token) {
        store.endToken(token.digest(), token.expiresAt());
    }

    /**
     * Changes the user's own password, and ends all tokens.
     *
     * @param current not needed by a user without a password, who sets the first one
     */
    public Account changePassword(PresentedToken token, Optional<String> current, String replacement) {
        var hash = store.passwordHash(token.user());
        if (hash.isPresent() && !matches(current.orElse(""), hash)) {
            throw Rejection.invalid("The current password is wrong.");
        }
        if (!token.ours()) {
            throw Rejection.of(
                    Rejection.Reason.CONFLICT, "You sign in elsewhere, and that is where your password is changed.");
        }
        return setPassword(token.user(), replacement);
    }

    public Page<Account> list(String start, Optional<Page.Cursor> after, int limit) {
        return store.list(start, after, limit);
    }

    /**
     * Makes an account with the configured credits.
     *
     * @throws Rejection {@code INVALID}, or {@code CONFLICT} when the name is taken
     */
    public Account create(String name, boolean admin, Optional<String> password) {
        if (!UserNames.valid(name)) {
            throw Rejection.invalid(UserNames.RULE);
        }
        return store.create(name, admin, password.map(this::hashed))
                .orElseThrow(() -> Rejection.of(Rejection.Reason.CONFLICT, "There is a user of this name already."));
    }

    public Account setPassword(String name, String password) {
        return known(store.setPassword(name, hashed(password)));
    }

    public Account disable(String name) {
        return known(store.setDisabled(name, true));
    }

    public Account enable(String name) {
        return known(store.setDisabled(name, false));
    }

    /**
     * Makes the user an administrator, or no longer one.
     *
     * @throws Rejection {@code CONFLICT} when no enabled administrator would be left
     */
    public Account setAdmin(String name, boolean admin) {
        return known(store.setAdmin(name, admin));
    }

    public Account endTokens(String name) {
        return known(store.endTokens(name));
    }

    public Account find(String name) {
        return known(store.find(name));
    }

    public Account grant(Grant grant) {
        if (grant.credits() < 1 || grant.credits() > Grant.MOST) {
            throw Rejection.invalid("credits must be a whole number from 1 to " + Grant.MOST + ".");
        }
        return known(store.grant(grant));
    }

    /** Who signs in with a password does so here: no other issuer's token speaks for them. */
    private static boolean counts(PresentedToken token, Account account) {
        return !account.disabled()
                && !token.issuedAt().isBefore(account.tokensFrom())
                && (token.ours() || !account.hasPassword());
    }

    private static Account known(Optional<Account> account) {
        return account.orElseThrow(() -> Rejection.of(Rejection.Reason.NOT_FOUND, "There is no user of this name."));
    }

    private boolean matches(String password, Optional<String> hash) {
        return passwords.match(password, hash) && fits(password);
    }

    private String hashed(String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST_PASSWORD || !fits(password)) {
            throw Rejection.invalid("A password has at least " + SHORTEST_PASSWORD + " characters, and at most "
                    + LONGEST_PASSWORD_BYTES + " bytes.");
        }
        return passwords.hash(password);
    }

    private static boolean fits(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD_BYTES;
    }
}
