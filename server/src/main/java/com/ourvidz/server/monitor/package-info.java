/**
 * What an operator sees: the queues' figures, metrics, and a log line for each step of a job.
 * Uses core's ports.
 */
@NullMarked
package com.ourvidz.server.monitor;

import org.jspecify.annotations.NullMarked;
