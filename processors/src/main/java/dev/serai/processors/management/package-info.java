/**
 * What the steps share that show and manage what is stored: IDs and pages in requests, JSON in
 * replies, and what a caller may see and manage.
 */
@NullMarked
package dev.serai.processors.management;

import org.jspecify.annotations.NullMarked;
