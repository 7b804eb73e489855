/**
 * Files from elsewhere, by a client that dials vetted addresses only.
 * May use {@code core} and Apache HttpClient.
 */
@NullMarked
package com.ourvidz.adapters.web;

import org.jspecify.annotations.NullMarked;
