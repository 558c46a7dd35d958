-- Q2. Since SQL Server 2017; before it there is no such view (error 208), and the platform is Windows.
SELECT host_platform, host_distribution, host_release FROM sys.dm_os_host_info;
