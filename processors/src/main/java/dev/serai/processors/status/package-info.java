/** What is remembered of providers, and how an operator is shown it. */
@NullMarked
package dev.serai.processors.status;

import org.jspecify.annotations.NullMarked;
