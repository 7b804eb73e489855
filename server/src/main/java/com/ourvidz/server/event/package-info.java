/**
 * The open event streams, of single jobs and of all of a user's: who is connected, what each is to be told next, and writing it without a
 * thread a client. Uses core's job store and signals, and the servlet interface.
 */
@NullMarked
package com.ourvidz.server.event;

import org.jspecify.annotations.NullMarked;
