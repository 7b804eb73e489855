/**
 * The worker process: it leases jobs over HTTP, runs the model of its queue and hands in what it made. It uses the domain's records, the
 * diffusion library, the JDK's HTTP client and Jackson; no framework.
 */
@NullMarked
package com.ourvidz.worker;

import org.jspecify.annotations.NullMarked;
