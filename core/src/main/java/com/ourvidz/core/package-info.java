/**
 * What every feature of the domain shares: how a request is refused, how lists are paged, how a worker's writes are fenced.
 * The whole module is plain Java: no framework, no I/O; the outside world is reached through the ports that the features declare.
 */
@NullMarked
package com.ourvidz.core;

import org.jspecify.annotations.NullMarked;
