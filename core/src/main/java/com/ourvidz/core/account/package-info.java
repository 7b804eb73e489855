/**
 * Accounts: who may use the platform, who administers it, and which of their tokens have ended.
 * Uses money for grants; hashing and the tokens themselves are the server's.
 */
@NullMarked
package com.ourvidz.core.account;

import org.jspecify.annotations.NullMarked;
