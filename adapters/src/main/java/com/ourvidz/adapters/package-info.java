/**
 * The ports of the domain on real backends, one package a backend.
 * Each package may use {@code core} and its backend's library; nothing here knows of HTTP.
 */
@NullMarked
package com.ourvidz.adapters;

import org.jspecify.annotations.NullMarked;
