/**
 * The routes of jobs, and how a job is shown.
 * Uses core's jobs, the asset package for links and the event package for streams.
 */
@NullMarked
package com.ourvidz.server.job;

import org.jspecify.annotations.NullMarked;
