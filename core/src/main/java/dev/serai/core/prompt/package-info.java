/** Stored prompts: their versions and labels, and what a call gets of them. */
@NullMarked
package dev.serai.core.prompt;

import org.jspecify.annotations.NullMarked;
