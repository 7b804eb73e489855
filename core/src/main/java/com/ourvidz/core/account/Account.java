package com.ourvidz.core.account;

import java.time.Instant;

/**
 * A user of the platform.
 *
 * @param name what the {@code sub} of the user's tokens says
 * @param disabled signs in no more, and no token counts
 * @param hasPassword whether the user can sign in with one; others come with tokens
 * @param tokensFrom tokens issued before this moment, a whole second, have ended
 * @param balance credits left
 */
public record Account(
        String name,
        Instant createdAt,
        boolean admin,
        boolean disabled,
        boolean hasPassword,
        Instant tokensFrom,
        long balance) {}
