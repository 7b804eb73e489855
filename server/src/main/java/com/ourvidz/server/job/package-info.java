/**
 * The routes of jobs, and how a job is shown.
 * Uses core's jobs, and the asset package for links.
 */
@NullMarked
package com.ourvidz.server.job;

import org.jspecify.annotations.NullMarked;
