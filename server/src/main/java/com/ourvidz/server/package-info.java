/**
 * The platform as one object: settings, the data directory, and the wiring of core, adapters and routes.
 * May use every other package of this module; none of them may use this one.
 */
@NullMarked
package com.ourvidz.server;

import org.jspecify.annotations.NullMarked;
