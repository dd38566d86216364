/** The steps that manage stored prompts, and what puts them into the requests that name them. */
@NullMarked
package dev.serai.processors.prompts;

import org.jspecify.annotations.NullMarked;
