/**
 * Bytes in a directory of the file system.
 * May use {@code core} and the JDK.
 */
@NullMarked
package com.ourvidz.adapters.files;

import org.jspecify.annotations.NullMarked;
