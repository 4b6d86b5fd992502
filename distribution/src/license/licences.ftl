<#-- One line a dependency: coordinates, a tab, its licences. -->
<#list dependencyMap as entry>
${entry.getKey().groupId}:${entry.getKey().artifactId}:${entry.getKey().version}	<#list entry.getValue() as license>${license}<#if license_has_next> | </#if></#list>
</#list>
