/**
 * Kills the platform's processes at random while many users order, and looks afterwards whether anything was lost or doubled. It uses the
 * platform from outside: over HTTP, by signals, and by reading its database and files.
 */
@NullMarked
package com.ourvidz.bench.chaos;

import org.jspecify.annotations.NullMarked;
