/**
 * Assets: the files that jobs made, where their bytes are kept, and the signed links through which browsers open them.
 * Declares the ports for rows and bytes; uses nothing but the JDK's cryptography.
 */
@NullMarked
package com.ourvidz.core.asset;

import org.jspecify.annotations.NullMarked;
