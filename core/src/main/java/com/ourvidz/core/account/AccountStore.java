package com.ourvidz.core.account;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.money.Grant;
import java.time.Instant;
import java.util.Optional;

/**
 * The truth about accounts. Each method is one transaction, on the store's own clock, and what it changes counts from the next request
 * on. A method that is given a name returns empty when there is no such account.
 */
public interface AccountStore {

    /** The account; a name that is seen for the first time becomes one, with the configured credits. */
    Account welcome(String name);

    Optional<Account> find(String name);

    /** Newest first: the accounts whose names start so. */
    Page<Account> list(String start, Optional<Page.Cursor> after, int limit);

    /** Makes an account with the configured credits; empty when the name is taken. */
    Optional<Account> create(String name, boolean admin, Optional<String> passwordHash);

    /** Empty also for an account without a password. */
    Optional<String> passwordHash(String name);

    /** Sets the password, and ends all tokens. */
    Optional<Account> setPassword(String name, String hash);

    /** Disables the account and ends all its tokens, or enables it again. */
    Optional<Account> setDisabled(String name, boolean disabled);

    /**
     * Makes the account an administrator's, or no longer one.
     *
     * @throws Rejection {@code CONFLICT} when no enabled administrator would be left
     */
    Optional<Account> setAdmin(String name, boolean admin);

    /** Ends all of the account's tokens that have been issued up to now. */
    Optional<Account> endTokens(String name);

    /** Ends one token. It is remembered for as long as it would have counted. */
    void endToken(String digest, Instant expiresAt);

    boolean ended(String digest);

    /**
     * Books the grant, once for each id however often it is tried.
     *
     * @return the account as it is then
     * @throws Rejection {@code CONFLICT} when another grant has this id
     */
    Optional<Account> grant(Grant grant);
}
