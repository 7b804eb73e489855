/**
 * Turns a prompt of a few words into the description of a scene: by a phrase grammar, a GGUF model in llama.cpp, or a server that speaks
 * OpenAI's protocol. A library of its own, which uses nothing of ours and no framework.
 */
@NullMarked
package com.ourvidz.enhancer;

import org.jspecify.annotations.NullMarked;
