/**
 * The routes of administrators, each user's statement of credits, and the check of the ledger.
 * Uses core's accounts and money, and the auth and http packages.
 */
@NullMarked
package com.ourvidz.server.account;

import org.jspecify.annotations.NullMarked;
