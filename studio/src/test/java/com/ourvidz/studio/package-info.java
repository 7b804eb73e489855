/** Checks of the studio's sources. How it works is tested in a browser, where it meets a platform. */
@NullMarked
package com.ourvidz.studio;

import org.jspecify.annotations.NullMarked;
