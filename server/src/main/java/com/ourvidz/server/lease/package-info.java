/**
 * The routes that workers use: lease, heartbeat, upload, release and the callback.
 * Uses core's leases and the http package.
 */
@NullMarked
package com.ourvidz.server.lease;

import org.jspecify.annotations.NullMarked;
