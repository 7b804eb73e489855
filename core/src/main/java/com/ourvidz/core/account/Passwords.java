package com.ourvidz.core.account;

import com.ourvidz.core.Rejection;
import java.util.Optional;

/** Slow hashes of passwords. Both throw {@link Rejection} {@code TOO_MANY_REQUESTS} when too many are computed at the same time. */
public interface Passwords {

    /** A salted hash, with all that {@link #match} needs. */
    String hash(String password);

    /** False without a hash, after the same time as with one. */
    boolean match(String password, Optional<String> hash);
}
