/**
 * The command line: {@code generate}, {@code serve}, {@code token} and {@code render}. It talks to a platform over its HTTP API and to the
 * diffusion library directly; only {@code LocalPlatform} and the commands that need one start the server.
 */
@NullMarked
package com.ourvidz.cli;

import org.jspecify.annotations.NullMarked;
