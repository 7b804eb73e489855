/**
 * How log records are written: one line each, whatever a client has put into them, with the job that they belong to.
 * Uses Logback and, for requests, the servlet API; named by {@code logback.xml}.
 */
@NullMarked
package com.ourvidz.server.log;

import org.jspecify.annotations.NullMarked;
