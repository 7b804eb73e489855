/**
 * How log records are written: one line each, whatever a client has put into them.
 * Uses Logback only; named by {@code logback.xml}.
 */
@NullMarked
package com.ourvidz.server.log;

import org.jspecify.annotations.NullMarked;
