/**
 * The worker's side of a job: leases, heartbeats, uploads and the final word, each fenced by job, attempt and lease token.
 * The protocol's records stand here, so that server and worker share one vocabulary.
 */
@NullMarked
package com.ourvidz.core.lease;

import org.jspecify.annotations.NullMarked;
