/**
 * {@code POST /api/enhance-prompt}: what an enhanced job would render in place of a prompt, without a job. May use core and the enhancer; a
 * model in llama.cpp runs in a process of its own, never in this one.
 */
@NullMarked
package com.ourvidz.server.enhance;

import org.jspecify.annotations.NullMarked;
