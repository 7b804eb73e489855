/**
 * Money: prices and the append-only ledger in whole credits.
 * Plain values; the store that keeps the ledger is behind the job store's transactions.
 */
@NullMarked
package com.ourvidz.core.money;

import org.jspecify.annotations.NullMarked;
