/**
 * What is elsewhere, files to fetch and endpoints to tell, by a client that dials vetted addresses only.
 * May use {@code core} and Apache HttpClient.
 */
@NullMarked
package com.ourvidz.adapters.web;

import org.jspecify.annotations.NullMarked;
