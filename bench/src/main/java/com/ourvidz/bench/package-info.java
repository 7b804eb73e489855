/**
 * Benchmarks: programs that measure what pictures and requests cost on this machine and print it. Never part of a build or a test.
 * They may use every other module, and nothing uses them.
 */
@NullMarked
package com.ourvidz.bench;

import org.jspecify.annotations.NullMarked;
