/**
 * Local worker processes: started, watched and restarted; and the sweeps that run from time to time.
 * Uses core's leases and assets; a worker is only a command line here.
 */
@NullMarked
package com.ourvidz.server.supervise;

import org.jspecify.annotations.NullMarked;
