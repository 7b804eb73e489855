/**
 * Who calls: tokens and their check, the session cookie, the worker key, and which route asks for which.
 * Uses the http package for the error format.
 */
@NullMarked
package com.ourvidz.server.auth;

import org.jspecify.annotations.NullMarked;
