/**
 * How many requests one user, or one address without a user, may make in a minute.
 * May use Bucket4j, Caffeine, Spring Security's context and {@code server.http}.
 */
@NullMarked
package com.ourvidz.server.limit;

import org.jspecify.annotations.NullMarked;
