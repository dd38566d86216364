/** What API keys and tokens look like, so that they are found where they do not belong. */
@NullMarked
package dev.serai.core.secret;

import org.jspecify.annotations.NullMarked;
