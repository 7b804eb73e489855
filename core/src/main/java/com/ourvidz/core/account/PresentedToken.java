package com.ourvidz.core.account;

import java.time.Instant;

/**
 * A token whose signature and claims hold, as somebody presents it.
 *
 * @param digest names this one token among all
 * @param issuedAt the beginning of time for a token that does not say
 * @param expiresAt the end of time for a token that does not say
 * @param ours whether the platform issued it itself, or somebody who shares its secret
 */
public record PresentedToken(String user, String digest, Instant issuedAt, Instant expiresAt, boolean ours) {}
