/**
 * The truth: jobs, money, assets and workers in an SQL database, SQLite by default.
 * May use {@code core}, Spring's JDBC client, Flyway and Jackson.
 */
@NullMarked
package com.ourvidz.adapters.sql;

import org.jspecify.annotations.NullMarked;
