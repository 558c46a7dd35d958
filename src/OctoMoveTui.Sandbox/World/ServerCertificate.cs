namespace OctoMoveTui.Sandbox.World;

/// <summary>
/// The identity of the pretend Octopus Server: a real self-signed certificate with its private key. Fixed, because two worlds of one seed are to be
/// equal and a new key never is; worth nothing outside of the sandbox, where anybody may read it.
/// </summary>
internal static class ServerCertificate
{
    public const string Thumbprint = "57B5686D5B8B73690D339DB2ABC4A800AED2874A";

    public static byte[] Pkcs12 => Convert.FromBase64String(Base64);

    private const string Base64 = """
        MIIJjwIBAzCCCTMGCSqGSIb3DQEHAaCCCSQEggkgMIIJHDCCA5kGCSqGSIb3DQEHBqCCA4owggOGAgEAMIIDfwYJKoZIhvcNAQcBMF4GCSqGSIb3DQEFDTBR
        MDAGCSqGSIb3DQEFDDAjBBDp+3/G0xD5jEEcImcycuH4AgEBMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBC8exiBaguWEkdVC6l1FGqSgIIDEGL0B71d
        0kHX6GAmPQU/FeeMmctu1e2FAE+hzYP/QL23WcVJbe85cS/lWoSiW/d4KTZokUGHJLVqXHawy458IaiN4ydEHfYqgK1zIi8ZHXuaPSyRPn2SdyqRS6PRB6AR
        fHbjRaGQ2tUz3/c6YxxhpTDX2WVNsQAbFRV5Bg1CyW8ejRgNR7Wi2yAb6zntHsLYmrzVrFWGFxqDzkOBR4U3cs+2NDBM2X3TjKqWGhS6LG3vLP0KzYkfCcsd
        ssGj2Pg+xBwCMnKwr/rHGXiavbIdx00IXELsp4uVQh2jwQCrtirpg+yfTCPk22Cc/1TTC00N3g0aSiqP1Q1Eu6mkHH+dnCOeTxBAVS8F4cUz3PqvSd8EMT6a
        gm54Qh+IDWA0bUojINIQYtPxvbHGJlmJADbmnxarnDoxWKVtraiAe03JXgo0KyyT2q32U6USJAEzg0t1cWNDH6NvGpwOv3ErxlIzssODrg/pDVRIKhdoLxRy
        S3eb+f1IfdxxuTGn4t+jGVzsw9tLSEfUf3fQ1jyfzN3el48Zo2onVTs+q2jKSIp8Rt4Y+V8GzM/dPApyqYq7WRpM/9+EV5U1o6ktEyHied01D6864uHnJauy
        Ht+mewjfjVd/FUvQSk0NZNIYNU8RrlKW5eVCXZWEFIKGpetOYZ/ZJtBSq8P1cys8wOHgSyop+JFea2oWl6lTHLlFHoSitC03Mpgeahuia16S5f1INHLYnsUS
        ALJWcsxhCJEeKOcU09wnlUX2mYJ8ZowNQnzD35W/oiZGhcIJrk4VBrbPevW2Amsh5nGVUPvYXSMkGpgSNZ8Tkmf8uJItzlYYzpjFmCDu5dd1SkBQfpFPmw7A
        YLkf3UTtIXHwnDBlM6V8VaxxWnI+/Oad/rozyM88qD2cc/t0q6t/Duxwp4tagNjvEUjW7Id4tGz3T1BU04GAAqGE6BpAmmczQEKFZGCoPmMpOTJXfZI58ySD
        xdcO79b9LIpB+/ZZhNgHXGGigKqrjB82ngqaXE3gBjB/jAaznbheRpQp851CQmyaHjtmqZdPvqhHnWowggV7BgkqhkiG9w0BBwGgggVsBIIFaDCCBWQwggVg
        BgsqhkiG9w0BDAoBAqCCBTgwggU0MF4GCSqGSIb3DQEFDTBRMDAGCSqGSIb3DQEFDDAjBBChDyAniLrNPlkme9u9IZS0AgEBMAwGCCqGSIb3DQIJBQAwHQYJ
        YIZIAWUDBAEqBBALXc0ZRi+lAJZvF3h+zCMYBIIE0JY99B8y6CzcCF525A1kpsrWjFzyTls6GJVU1xqmM+koXqeilmM4zEBGM0DbQI1FHWQwBrJZXvToxAj2
        sm/kIkZlioir+jbuyzmA9C/R50hAwwOQK4KquGHEkU6D0XiGD0Anh5vgu3xwvD/+/+AO/T40AYLlDujks1Xk8IFPjlRJpbZR2G1J/MDdVED2pd/4HCBm8sfX
        zrZHvgViLyxgGjqssk1ol/2sNAbAooEHWJsiAPBZQIsoHdzKYzZEMABSHjQ4EBfFbjJBF4N4CUTDiM+T3W2T5OOSzoDGqErXv3eSSY4qgARPz43PPPJwIiyv
        kg+8v2AULTIwWCUHfWPq9n+Khu+scdxVOkl/1Stlay8keREdtvmMujhluBBE9dAeLoUN7/ajHz2cG94g0f8La2wxzed0eQTwnQVmuY+SmZnkykkLo3vjXaI8
        CVug/2F/jl2pKvGKNhcBgn5SyCC4g2rAAM2ELoLNDs4KCDvBERYs1GT0e1q+LWajTssYvjC5QLBipYxUdTNSA1V6VCo1YntlX7UfBccTjuHFjIK/ZLzMucrN
        dAtvkivY6KXTC0exAMh1mxFaJQSRGr7SRqNgtEn1draHxPldzQvQl+tfGmnObRLE3K7oKzqbLGwMqvccyy700o2VT7xLz9sw0gOhoDloj3EGVcQt0AAxBPza
        2Z16ZprkKlGMtR6ZK5H+QWRq6McrkYOEN6rnKT9Zz9d1ScYN3AEnk+FAU/HMmbtQsRNW8Fbtzfl4wWwBGSsye50DPFuTKyYOSMuTNWb1aw3bE5+O7cOja+VW
        4tKmCg/1FV8aL184kiEV/NQeFgbpwly7nx4VZqhhgre38wxArFaXt+SlpS42vmf8ItPkZp7TWPwzo0suCSo9kNxti7jGUOWk/xADK+VyqKtXsJOj0CYdMkuD
        GLtBtvZTXiYiDUrjIgY8s/YjiAU/TPXvo4XTlgwOsnrbRDIqT4oIKR3N/fO7afQng+O0b/U6KsqcJqIDjelK6Oz80zqLgFpT60eRhSy4TeTWUqevMbTigJqx
        BoG1M63uK9z16nUI5Hz0sVLPQgolgstw+LxF5XGgcA4P4rk09PXQfSzJoCg7/hbxe5BluVDepjnKYFz/rrpysF1apHYI00jNnR3IT1qMCTA4CJxThR6cWVrb
        iqEF8TGbpnh1bacyYFYoWzgsAJZXTFs/rArBk2Cze5MUludVPRofFOIhFqsaXyqZm9tWCjKfCACheuD+sHZMAiIp4xepvS36MUtd3m2mMy/AckuvFZ44hjMN
        7+E82T3WL6jH84aG6oEUYx4YMZTMxrglhlkMP/hsFSTZlPY4hnHK3xImSwSVDwP6p5hWqpTp+gvBB2r3w0CeZ1v152hwejmIht7zK3m+7X4S2e9bW26b6dtd
        xxzrBlRs0DWKYvCYXF9yi2aM7TWRRlU0jn5iDipGDji8kzfFQI0R5G07nM0Mg9ujnKDfRMklKMxVFsMBcdoJ023iT7aQo985L8/Sr7bHFbkuug/Mx6wCL04Y
        2WLnbSE0I6sSR8TDSOCaXbWdXs1v0pIC8yYzRjHZeyfS09MsjrF/D05jmWqPa4Xl/cNn1S4ZLBFRVTtQPtzOWmz6zBvstshc42aJ/XsW6f1X4G/kJR9K9yi6
        B+tbMRUwEwYJKoZIhvcNAQkVMQYEBAEAAAAwUzAvMAsGCWCGSAFlAwQCAQQgkZ78WOr6PFrEXv+50o/esx0bleChfbHxmDM/F0pMpo0EIFGZvgo2YTCuFJnY
        U3Ca2ewZNRBEhxFDuscDBNIAomRy
        """;
}
