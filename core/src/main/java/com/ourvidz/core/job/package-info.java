/**
 * Jobs: the table of job types, what a client may order, and the life of a job from queued to completed or failed.
 * Uses money, safety, references and the worker roster; knows nothing of HTTP, SQL or JSON.
 */
@NullMarked
package com.ourvidz.core.job;

import org.jspecify.annotations.NullMarked;
