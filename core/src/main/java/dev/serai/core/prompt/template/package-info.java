/** What a version of a prompt says, and how the values of a call are put into it. */
@NullMarked
package dev.serai.core.prompt.template;

import org.jspecify.annotations.NullMarked;
