/**
 * What an event would come to by a version of the tables: planned and worded by the hub's very beans, sent and stored by nobody.
 * Asked by {@code operations}, over REST on the running hub and by the command {@code simulate} on the files of a folder.
 * Must never import a stage: it knows their ports in the model, and the beans of a folder by name.
 */
@NullMarked
package camelbell.simulation;

import org.jspecify.annotations.NullMarked;
