/** Parts that more than one kind, or more than one component, is described with. */
@NullMarked
package io.generalbots.api.v1alpha1.shared;

import org.jspecify.annotations.NullMarked;
