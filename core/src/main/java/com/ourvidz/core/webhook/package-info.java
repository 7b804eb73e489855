/**
 * Webhooks: what a user's own endpoints are told when a job has ended, by the rules of Standard Webhooks, from an outbox beside the jobs.
 * Declares the ports for rows, for bodies and for the way out; uses the job package and the JDK's cryptography.
 */
@NullMarked
package com.ourvidz.core.webhook;

import org.jspecify.annotations.NullMarked;
